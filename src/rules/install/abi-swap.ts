import { dist, facts } from '../../facts/build';
import { plan, request, row } from '../../plan/build';
import type { IPlacedRow } from '../../plan/change';
import { text } from '../../text/text';
import { releasePrefix } from '../../versions/pep440';
import { builtForNumpy1, protobufUsers, torchExtensions } from './abi';
import { causeEvidence, moveEvidence, shown } from './say';
import {
  defineInstallRule,
  type IInstallContext,
  type IRiskDraft
} from './types';

type Message = 'numpy' | 'numpyMaybe' | 'numpyAlone' | 'protobuf' | 'extension';

function major(version: string | null): number | null {
  const first = version ? releasePrefix(version, 1) : null;
  return first === null ? null : Number(first);
}

/** Whether a distribution moves itself, so that the resolver chose its version. */
function moves({ change }: IInstallContext): (name: string) => boolean {
  return name => {
    const found = change.row(name)?.value;
    return found !== undefined && found.from !== found.to;
  };
}

function numpy(
  context: IInstallContext,
  found: IPlacedRow,
  report: (draft: IRiskDraft<Message>) => void
): void {
  const { before, change } = context;
  const caught = builtForNumpy1(before, moves(context));
  const sure = caught.filter(one => one.first !== null);
  const shownOnes = sure.length > 0 ? sure : caught;
  if (shownOnes.length === 0 && change.isExpected('numpy')) {
    return;
  }
  const names = shownOnes.map(one => one.name);
  report({
    message:
      sure.length > 0
        ? 'numpy'
        : caught.length > 0
          ? 'numpyMaybe'
          : 'numpyAlone',
    args: [shown(found.value.from), shown(found.value.to), names.join(', ')],
    severity: sure.length > 0 ? 'block' : 'warn',
    subject: 'numpy',
    about: ['numpy', ...names],
    evidence: [
      moveEvidence(found),
      ...causeEvidence(change, 'numpy'),
      ...shownOnes.slice(0, 8).map(one => ({
        text:
          one.first === null
            ? text('%1 %2 requires NumPy', one.name, one.version)
            : text(
                '%1 %2; NumPy 2 needs %3 (%4)',
                one.name,
                one.version,
                one.first,
                one.source ?? ''
              ),
        path: `/facts${one.path}`
      }))
    ]
  });
}

function protobuf(
  context: IInstallContext,
  found: IPlacedRow,
  report: (draft: IRiskDraft<Message>) => void
): void {
  const { before, change } = context;
  const users = protobufUsers(before, moves(context));
  // Those whose requirements are known to allow it were asked already.
  const unknown = users.filter(
    name => before.dist(name)?.value.requires === null
  );
  if (
    users.length === 0 ||
    (unknown.length === 0 && change.isAsked('protobuf'))
  ) {
    return;
  }
  const names = unknown.length > 0 ? unknown : users;
  report({
    message: 'protobuf',
    args: [shown(found.value.from), shown(found.value.to), names.join(', ')],
    severity: unknown.length > 0 ? 'block' : 'warn',
    subject: 'protobuf',
    about: ['protobuf', ...names],
    evidence: [
      moveEvidence(found),
      ...causeEvidence(change, 'protobuf'),
      ...names.slice(0, 8).map(name => ({
        text: text(
          '%1 %2 uses protobuf',
          name,
          shown(before.dist(name)?.value.version)
        ),
        path: `/facts${before.dist(name)?.path ?? ''}`
      }))
    ]
  });
}

function extensions(
  context: IInstallContext,
  found: IPlacedRow,
  report: (draft: IRiskDraft<Message>) => void
): void {
  const { from, to } = found.value;
  const caught = torchExtensions(context.before, to ?? '', moves(context));
  if (caught.length === 0) {
    return;
  }
  const names = caught.map(one => one.name);
  report({
    message: 'extension',
    args: [shown(from), shown(to), names.join(', ')],
    severity: 'block',
    subject: 'torch',
    about: ['torch', ...names],
    evidence: [
      moveEvidence(found),
      ...caught.slice(0, 8).map(one => ({
        text: text(
          '%1 %2 was compiled for one release of PyTorch',
          one.name,
          one.version
        ),
        path: `/facts${one.path}`
      }))
    ]
  });
}

export default defineInstallRule<Message>({
  id: 'abi-swap',
  code: 'P07',
  since: '0.1.0',
  docs: {
    summary:
      'NumPy, PyTorch or protobuf would change its major version under compiled packages.',
    what: 'For NumPy 1 → 2 it looks up, for what stays, the first release that was compiled for both; what is new enough is not mentioned. For PyTorch it looks for extensions that were compiled against the minor release that goes. For protobuf it looks for packages with generated code. Requirements that the metadata state are the matter of `breaks-dependant`.',
    why: 'Compiled extensions of one NumPy major crash under the other, and generated protobuf code refuses another major; the metadata often say nothing of it.',
    example:
      '`A module that was compiled using NumPy 1.x cannot be run in NumPy 2.0.0 as it may crash.`; `TypeError: Descriptors cannot not be created directly.`',
    fix: 'Keep the major (`"numpy<2"`), or upgrade the named packages in the same command.',
    safety: 'Keeping it changes nothing.',
    references: [
      'numpy/numpy#26191',
      'jupyter/notebook#7522',
      'tensorflow/tensorflow#60446'
    ]
  },
  messages: {
    numpy: {
      title: 'NumPy %2 would break packages built for NumPy 1',
      why: 'With %2, importing these fails or crashes, since they were compiled against NumPy %1: %3.'
    },
    numpyMaybe: {
      title: 'NumPy would go from %1 to %2',
      why: 'No limit is set, but there can be compiled code for NumPy 1 in %3.'
    },
    numpyAlone: {
      title: 'NumPy would go from %1 to %2',
      why: 'NumPy 2 removed functions and names that code for NumPy 1 uses.'
    },
    extension: {
      title: 'PyTorch %2 would break extensions built for %1',
      why: 'Importing these fails with an undefined symbol, since they were compiled against PyTorch %1: %3.'
    },
    protobuf: {
      title: 'protobuf would go from %1 to %2',
      why: 'Generated code in %3 can refuse another major version when it is imported.'
    }
  },
  check(context, report) {
    const found = context.change.row('numpy');
    const from = major(found?.value.from ?? null);
    const to = major(found?.value.to ?? null);
    if (found && from !== null && to !== null && from < 2 && to >= 2) {
      numpy(context, found, report);
    }
    const torch = context.change.row('torch');
    const minor = (version: string | null | undefined) =>
      version ? releasePrefix(version, 2) : null;
    if (
      torch &&
      minor(torch.value.from) !== null &&
      minor(torch.value.to) !== null &&
      minor(torch.value.from) !== minor(torch.value.to)
    ) {
      extensions(context, torch, report);
    }
    const other = context.change.row('protobuf');
    const old = major(other?.value.from ?? null);
    const next = major(other?.value.to ?? null);
    if (other && old !== null && next !== null && old !== next) {
      protobuf(context, other, report);
    }
  },
  examples: {
    flagged: [
      {
        name: 'torch 2.1 says nothing about NumPy',
        input: () => ({
          facts: facts({
            packages: [
              dist('numpy', '1.26.4'),
              dist('torch', '2.1.0+cu118', { requires: ['sympy'] })
            ]
          }),
          requests: [request(['opencv-python'])],
          plan: plan([
            row('opencv-python', null, '4.12.0.88', { requires: ['numpy>=2'] }),
            row('numpy', '1.26.4', '2.2.6')
          ])
        }),
        risks: [
          { message: 'numpy', severity: 'block', about: ['numpy', 'torch'] }
        ]
      },
      {
        name: 'a package of which no first release is known',
        input: () => ({
          facts: facts({
            packages: [
              dist('numpy', '1.26.4'),
              dist('own-extension', '2.0.7', { requires: ['numpy'] })
            ]
          }),
          requests: [request(['numpy'], { options: { upgrade: true } })],
          plan: plan([row('numpy', '1.26.4', '2.2.6')])
        }),
        risks: [
          {
            message: 'numpyMaybe',
            severity: 'warn',
            about: ['numpy', 'own-extension']
          }
        ]
      },
      {
        name: 'nobody asked for NumPy 2',
        input: () => ({
          facts: facts({
            packages: [dist('numpy', '1.26.4'), dist('pandas', '2.2.3')]
          }),
          requests: [request(['opencv-python'])],
          plan: plan([
            row('opencv-python', null, '4.12.0.88'),
            row('numpy', '1.26.4', '2.2.6')
          ])
        }),
        risks: [{ message: 'numpyAlone', severity: 'warn', about: ['numpy'] }]
      },
      {
        name: 'extensions that were built for the PyTorch that goes',
        input: () => ({
          facts: facts({
            packages: [
              dist('torch', '2.4.0'),
              dist('flash-attn', '2.6.3', { requires: ['torch', 'einops'] })
            ]
          }),
          requests: [request(['torch'], { options: { upgrade: true } })],
          plan: plan([row('torch', '2.4.0', '2.6.0')])
        }),
        risks: [
          {
            message: 'extension',
            severity: 'block',
            about: ['torch', 'flash-attn']
          }
        ]
      },
      {
        name: 'protobuf under a TensorFlow whose requirements are not known',
        input: () => ({
          facts: facts({
            packages: [dist('protobuf', '3.20.3'), dist('tensorflow', '2.9.1')]
          }),
          requests: [request(['wandb'])],
          plan: plan([
            row('wandb', null, '0.21.0'),
            row('protobuf', '3.20.3', '6.31.1')
          ])
        }),
        risks: [
          {
            message: 'protobuf',
            severity: 'block',
            about: ['protobuf', 'tensorflow']
          }
        ]
      }
    ],
    clean: [
      {
        name: 'everything here is new enough, and NumPy 2 was asked for',
        input: () => ({
          facts: facts({
            packages: [
              dist('numpy', '1.26.4'),
              dist('pandas', '2.2.3'),
              dist('scipy', '1.14.0'),
              dist('torch', '2.5.1')
            ]
          }),
          requests: [request(['numpy>=2'])],
          plan: plan([row('numpy', '1.26.4', '2.2.6')])
        })
      },
      {
        name: 'the compiled package moves along',
        input: () => ({
          facts: facts({
            packages: [dist('numpy', '1.26.4'), dist('pandas', '2.1.4')]
          }),
          requests: [
            request(['numpy', 'pandas'], { options: { upgrade: true } })
          ],
          plan: plan([
            row('numpy', '1.26.4', '2.2.6'),
            row('pandas', '2.1.4', '2.3.0')
          ])
        })
      },
      {
        name: 'an extension whose label names the PyTorch that comes',
        input: () => ({
          facts: facts({
            packages: [
              dist('torch', '2.4.0'),
              dist('torch-scatter', '2.1.2+pt26cu124')
            ]
          }),
          requests: [request(['torch==2.6.0'])],
          plan: plan([row('torch', '2.4.0', '2.6.0')])
        })
      },
      {
        name: 'a minor release; versions that are not known',
        input: () => ({
          facts: facts({
            packages: [dist('numpy', '1.24.4'), dist('protobuf', '4.25.3')]
          }),
          requests: [request(['numpy', 'protobuf'])],
          plan: plan([
            row('numpy', '1.24.4', '1.26.4'),
            row('protobuf', '4.25.3', '')
          ])
        })
      }
    ]
  }
});
