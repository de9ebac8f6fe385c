import { Component, createRef, type ReactNode } from 'react';

interface Props {
  /** What may come to stand above what is being read. */
  rows: readonly unknown[];
  children: ReactNode;
}

interface Mark {
  id: string;
  top: number;
}

/** Scrolled by less than this, somebody looks at the top. */
export const TOP_PX = 80;
/** So long after a move of the pointer, somebody may be about to press something. */
const POINTING_MS = 4000;

/** Rows that stay where they are while they are read, whatever is inserted above them. */
export class Anchored extends Component<Props, object, Mark | null> {
  #box = createRef<HTMLDivElement>();
  #pointedAt = -Infinity;

  /** Called right before the page changes: a class is the only way to be. */
  override getSnapshotBeforeUpdate(before: Props): Mark | null {
    const isRead = window.scrollY > TOP_PX || Date.now() - this.#pointedAt < POINTING_MS;
    return before.rows !== this.props.rows && isRead ? this.#firstVisible() : null;
  }

  override componentDidUpdate(_: Props, __: object, mark: Mark | null) {
    const box = this.#box.current;
    const row = mark && box?.querySelector(`[data-lead="${CSS.escape(mark.id)}"]`);
    if (!box || !row || !mark) return;
    const shift = () => row.getBoundingClientRect().top - mark.top;
    if (shift() === 0) return;
    window.scrollBy({ top: shift(), behavior: 'instant' });
    // A short page can’t scroll so far until it is made longer.
    if (shift() > 0) {
      box.style.paddingBottom = `${(Number.parseFloat(box.style.paddingBottom) || 0) + shift()}px`;
      window.scrollBy({ top: shift(), behavior: 'instant' });
    }
  }

  override render() {
    return (
      <div ref={this.#box} onPointerMove={this.#pointing} onPointerDown={this.#pointing}>
        {this.props.children}
      </div>
    );
  }

  #pointing = () => {
    this.#pointedAt = Date.now();
  };

  #firstVisible(): Mark | null {
    for (const row of this.#box.current?.querySelectorAll<HTMLElement>('[data-lead]') ?? []) {
      const { top, bottom } = row.getBoundingClientRect();
      if (bottom > 0) return { id: row.dataset['lead'] ?? '', top };
    }
    return null;
  }
}
