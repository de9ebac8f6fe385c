import { CloseButton, TextInput } from '@mantine/core';
import type { RefObject } from 'react';
import { SearchIcon } from '../shell/icons.tsx';

interface Props {
  text: string;
  setText: (text: string) => void;
  box: RefObject<HTMLInputElement | null>;
}

/** What is looked for stays on the page: it is personal and never stands in an address. */
export const SearchBox = ({ text, setText, box }: Props) => (
  <TextInput
    ref={box}
    className="search-box"
    aria-label="Search by name, e-mail, phone or id"
    placeholder="Name, e-mail, phone or id"
    value={text}
    autoComplete="off"
    spellCheck={false}
    maxLength={200}
    leftSection={<SearchIcon />}
    rightSection={text && <CloseButton aria-label="Clear the search" size="sm" onClick={() => setText('')} />}
    onChange={(event) => setText(event.currentTarget.value)}
    onKeyDown={(event) => {
      if (event.key === 'Escape') setText('');
    }}
  />
);
