/** Text of rules and of the kernel: only ever text nodes. */
import * as React from 'react';

/** A sentence; what stands in backticks is shown as code. */
export function Prose(props: { text: string }): JSX.Element {
  return (
    <>
      {props.text
        .split(/`([^`]+)`/)
        .map((part, i) => (i % 2 ? <code key={i}>{part}</code> : part))}
    </>
  );
}
