/** Something long that is drawn only while it is open. */
import * as React from 'react';

/** Properties of `Fold`. */
export interface IFoldProps {
  readonly summary: React.ReactNode;
  readonly children: React.ReactNode;
}

/** A summary that opens and closes; hundreds of rows cost nothing while it is closed. */
export function Fold(props: IFoldProps): JSX.Element {
  const [open, setOpen] = React.useState(false);
  const toggle = (event: React.MouseEvent) => {
    event.preventDefault();
    setOpen(!open);
  };
  return (
    <details open={open}>
      <summary onClick={toggle}>{props.summary}</summary>
      {open && props.children}
    </details>
  );
}
