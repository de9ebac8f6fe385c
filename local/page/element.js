/** An element with its children. Text stays text: nothing on this page is ever read as HTML. */
export function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}
