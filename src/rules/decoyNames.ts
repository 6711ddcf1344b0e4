/** Names on the package index that are not the distribution people mean: empty notices, and unrelated projects. */
import { satisfies } from '../versions/pep440';

/** A name that is not what people mean. */
export interface IDecoy {
  /** What they mean, in words. */
  readonly real: string;
  /** What to install instead; null when the package index does not have it. */
  readonly install: string | null;
  /** Another project, with code of its own; else the name is empty. */
  readonly isProject: boolean;
  /** Only these versions are decoys. */
  readonly versions?: string;
  /** Where it was told. */
  readonly source: string;
}

const PAGE = 'its page on the package index';

const DECOYS: Readonly<Record<string, IDecoy>> = {
  sklearn: empty('scikit-learn', PAGE),
  skimage: empty('scikit-image', PAGE),
  pytorch: empty('torch', PAGE),
  cv2: empty('opencv-python', PAGE),
  'tensorflow-gpu': {
    ...empty('tensorflow', PAGE),
    install: 'tensorflow[and-cuda]',
    versions: '>=2.12'
  },
  apex: {
    ...project('NVIDIA Apex', 'NVIDIA/apex#1063'),
    install: null
  },
  docx: project('python-docx', 'python-openxml/python-docx#1230'),
  ffmpeg: project('ffmpeg-python', 'kkroening/ffmpeg-python#174'),
  fitz: project('pymupdf', 'pymupdf/PyMuPDF#1537'),
  jwt: project('pyjwt', 'jpadilla/pyjwt#374'),
  serial: project('pyserial', 'pymodbus-dev/pymodbus#2293'),
  umap: project('umap-learn', 'lmcinnes/umap#24'),
  whisper: project('openai-whisper', 'graphite-project/whisper#324')
};

function empty(real: string, source: string): IDecoy {
  return { real, install: real, isProject: false, source };
}

function project(real: string, source: string): IDecoy {
  return { real, install: real, isProject: true, source };
}

/** The decoy that a distribution of the index is; null: none, or its version is not known. @param name normalised */
export function decoyOf(name: string, version: string | null): IDecoy | null {
  const decoy = Object.prototype.hasOwnProperty.call(DECOYS, name)
    ? DECOYS[name]
    : null;
  return decoy &&
    (decoy.versions === undefined ||
      (version !== null && satisfies(version, decoy.versions) === true))
    ? decoy
    : null;
}
