/** Which notebook or console is in front. */
import type { ISessionContext } from '@jupyterlab/apputils';
import type { IConsoleTracker } from '@jupyterlab/console';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { Widget } from '@lumino/widgets';
import type { Checker } from './checker';
import type { ITarget } from './checkerOptions';

/** The part of both trackers that is used. */
interface ITrackerLike {
  readonly currentWidget: (Widget & { sessionContext: ISessionContext }) | null;
  readonly currentChanged: {
    connect(slot: () => void): boolean;
  };
}

/**
 * Keep a checker on what is in front: the notebook or console that was focused last; when it closes, the current one
 * of the other kind.
 */
export function follow(
  checker: Checker,
  notebooks: INotebookTracker | null,
  consoles: IConsoleTracker | null
): void {
  const sources: [ITarget['source'], ITrackerLike | null][] = [
    ['notebook', notebooks],
    ['console', consoles]
  ];
  const show = (preferred: ITarget['source']) => {
    const ordered = [...sources].sort(
      ([a], [b]) => Number(b === preferred) - Number(a === preferred)
    );
    for (const [source, tracker] of ordered) {
      const widget = tracker?.currentWidget;
      if (widget && !widget.isDisposed) {
        checker.setTarget({
          context: widget.sessionContext,
          source,
          title: widget.title.label
        });
        return;
      }
    }
    checker.setTarget(null);
  };
  for (const [source, tracker] of sources) {
    tracker?.currentChanged.connect(() => show(source));
  }
  show('notebook');
}
