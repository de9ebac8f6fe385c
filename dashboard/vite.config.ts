import { defineConfig } from 'vite';

/** Nothing is inlined: the pages’ policy takes script and style from files alone. */
export default defineConfig({
  root: import.meta.dirname,
  build: {
    outDir: 'dist',
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      onLog: (level, log, say) => {
        // "use client" is for servers that render, which we have none of; a thousand files say it.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') say(level, log);
      },
    },
  },
});
