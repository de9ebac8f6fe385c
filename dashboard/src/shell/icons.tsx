import type { ReactNode } from 'react';

const icon = (drawing: ReactNode) => () => (
  <svg
    viewBox="0 0 24 24"
    width="18"
    height="18"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.8"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden
  >
    {drawing}
  </svg>
);

export const MoonIcon = icon(<path d="M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z" />);
export const SunIcon = icon(
  <>
    <circle cx="12" cy="12" r="4" />
    <path d="M12 2v2M12 20v2M4.9 4.9l1.4 1.4M17.7 17.7l1.4 1.4M2 12h2M20 12h2M4.9 19.1l1.4-1.4M17.7 6.3l1.4-1.4" />
  </>,
);
export const CalledIcon = icon(
  <>
    <path d="M5 4h3.5l1.7 4.3-2.2 1.6a12 12 0 0 0 5.9 5.9l1.7-2.2 4.3 1.7V19a1.8 1.8 0 0 1-2 1.9A15.5 15.5 0 0 1 3.1 6 1.8 1.8 0 0 1 5 4z" />
    <path d="M14.5 6l2 2L20.5 4" />
  </>,
);
export const WhatsAppIcon = icon(
  <>
    <path d="M3.5 20.5l1.2-4.2a8.3 8.3 0 1 1 3.2 3.1z" />
    <path d="M9 8.5c-.8 2.8 3 7 6 6.5l.6-1.6-2-1-.8.8a5 5 0 0 1-2.2-2.3l.8-.8-.9-2z" />
  </>,
);
export const MailIcon = icon(
  <>
    <rect x="3" y="5.5" width="18" height="13" rx="2" />
    <path d="M3.5 7l8.5 6 8.5-6" />
  </>,
);
export const SyncIcon = icon(
  <>
    <path d="M20 11a8 8 0 0 0-14.3-4M4 4v4h4M4 13a8 8 0 0 0 14.3 4M20 20v-4h-4" />
  </>,
);
export const SearchIcon = icon(
  <>
    <circle cx="11" cy="11" r="6.5" />
    <path d="M16 16l4.5 4.5" />
  </>,
);
