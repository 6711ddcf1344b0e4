/** Requirements that a package checks when it is imported, or was built for, and that its metadata do not state. */
import {
  compareVersions,
  publicVersion,
  releasePrefix
} from '../../versions/pep440';
import {
  parseRequirement,
  type IRequirement
} from '../../versions/requirement';

interface IUndeclared {
  readonly name: string;
  /** First numbers of the version, `3.3`. */
  readonly release: string;
  readonly requires: string;
  readonly source: string;
}

const MMDET = 'mmdet/__init__.py of the wheel';
const TFA = 'tensorflow/addons README.md';

const ROWS: readonly IUndeclared[] = [
  {
    name: 'mmdet',
    release: '3.3',
    requires: 'mmcv>=2.0.0rc4,<2.2.0',
    source: MMDET
  },
  {
    name: 'mmdet',
    release: '3.0',
    requires: 'mmcv>=2.0.0rc4,<2.1.0',
    source: MMDET
  },
  {
    name: 'tensorflow-addons',
    release: '0.22',
    requires: 'tensorflow>=2.12,<2.15',
    source: TFA
  },
  {
    name: 'tensorflow-addons',
    release: '0.21',
    requires: 'tensorflow>=2.11,<2.14',
    source: TFA
  },
  {
    name: 'tensorflow-addons',
    release: '0.20',
    requires: 'tensorflow>=2.10,<2.13',
    source: TFA
  },
  {
    name: 'tensorflow-addons',
    release: '0.19',
    requires: 'tensorflow>=2.9,<2.12',
    source: TFA
  },
  {
    name: 'tensorflow-addons',
    release: '0.18',
    requires: 'tensorflow>=2.8,<2.11',
    source: TFA
  },
  {
    name: 'tensorflow-addons',
    release: '0.17',
    requires: 'tensorflow>=2.7,<2.10',
    source: TFA
  },
  {
    name: 'tensorflow-addons',
    release: '0.16',
    requires: 'tensorflow>=2.6,<2.9',
    source: TFA
  }
];

/** What TensorFlow releases declare, for when nobody could read it: first release, then the lines. */
const TENSORFLOW: readonly (readonly [string, ...string[]])[] = [
  ['2.21', 'keras>=3.12.0', 'protobuf<8,>=6.31.1'],
  ['2.20', 'keras>=3.10.0', 'protobuf>=5.28.0'],
  ['2.18', 'keras>=3.5.0', 'protobuf<6', 'numpy<2.2'],
  ['2.16', 'keras>=3.0.0', 'protobuf<5', 'numpy<2'],
  ['2.12', 'keras<3', 'protobuf<5', 'numpy<2'],
  ['2.6', 'keras<3', 'protobuf<3.21', 'numpy<2']
];

function ofTensorFlow(version: string): readonly string[] {
  const row = TENSORFLOW.find(
    ([first]) => (compareVersions(publicVersion(version), first) ?? -1) >= 0
  );
  return row?.slice(1) ?? [];
}

/** The undeclared requirements of a release. @param unread nobody could read what it declares */
export function undeclared(
  name: string,
  version: string | null,
  unread: boolean
): IRequirement[] {
  const release = version === null ? null : releasePrefix(version, 2);
  if (version === null || release === null) {
    return [];
  }
  const lines = ROWS.filter(
    one => one.name === name && one.release === release
  ).map(one => one.requires);
  if (unread && /^tensorflow(-cpu|-gpu)?$/.test(name)) {
    lines.push(...ofTensorFlow(version));
  }
  const plain = publicVersion(version);
  if (name === 'jax') {
    // JAX refuses a jaxlib that is newer than itself or, since 0.4, of an earlier series.
    const isOld = (compareVersions(plain, '0.4') ?? -1) < 0;
    lines.push(`jaxlib<=${plain}${isOld ? '' : `,>=${release}`}`);
  } else if (/^jax-cuda\d+-plugin$/.test(name)) {
    lines.push(`jaxlib==${plain}`);
  }
  return lines.flatMap(line => parseRequirement(line) ?? []);
}
