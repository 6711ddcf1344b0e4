/** A section of the panel that opens and closes. */
import { caretDownIcon, caretRightIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import { usePanel } from './context';

/** Properties of `Section`. */
export interface ISectionProps {
  /** Key under which its state is remembered. */
  readonly id: string;
  readonly title: string;
  /** A few words at the end of the header line. */
  readonly note?: string;
  /** Whether it is open until the user decides. */
  readonly open: boolean;
  readonly children: React.ReactNode;
}

/** A heading that opens and closes what follows. Closed, its content is not rendered at all. */
export function Section(props: ISectionProps): JSX.Element {
  const { sections } = usePanel();
  const body = React.useId();
  const [chosen, setChosen] = React.useState<boolean | null>(null);
  const open = chosen ?? sections.isOpen(props.id, props.open);
  const toggle = () => {
    sections.setOpen(props.id, !open);
    setChosen(!open);
  };
  const caret = open ? caretDownIcon : caretRightIcon;
  return (
    <section className="jp-GpuDoctor-section" data-section={props.id}>
      <div className="jp-GpuDoctor-sectionHeader">
        <h3>
          <button
            type="button"
            className="jp-GpuDoctor-sectionToggle"
            aria-expanded={open}
            aria-controls={open ? body : undefined}
            onClick={toggle}
          >
            <caret.react tag="span" className="jp-GpuDoctor-caret" />
            {props.title}
          </button>
        </h3>
        {props.note && (
          <span className="jp-GpuDoctor-sectionNote">{props.note}</span>
        )}
      </div>
      {open && (
        <div className="jp-GpuDoctor-sectionBody" id={body}>
          {props.children}
        </div>
      )}
    </section>
  );
}

/** Move the focus out of an element that is about to vanish: to the header of its section. */
export function focusSection(from: HTMLElement): void {
  from
    .closest('.jp-GpuDoctor-section')
    ?.querySelector<HTMLElement>('.jp-GpuDoctor-sectionToggle')
    ?.focus();
}

/** Open a section, bring it into view and give it the focus; false while it is not drawn. @param root the panel, or something around it */
export function revealSection(root: Element, id: string): boolean {
  const toggle = root.querySelector<HTMLElement>(
    `[data-section="${id}"] .jp-GpuDoctor-sectionToggle`
  );
  if (toggle?.getAttribute('aria-expanded') === 'false') {
    toggle.click();
  }
  toggle?.scrollIntoView?.({ block: 'start' });
  toggle?.focus({ preventScroll: true });
  return !!toggle;
}
