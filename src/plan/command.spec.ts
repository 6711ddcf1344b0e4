import { dist, facts } from '../facts/build';
import { View } from '../facts/view';
import { recognise } from '../recognise/recognise';
import { request, uninstall } from './build';
import { planRequest, protectedPins, unplannable } from './command';

const OPTIONS = { deadline: 20 };

describe('planRequest', () => {
  it('hands on the words exactly', () => {
    const args = ['-i', 'https://u:p@host/simple', 'a>=2', './x y'];
    expect(planRequest(request(['a>=2'], { args }), OPTIONS)).toEqual({
      tool: 'pip',
      action: 'install',
      args,
      cwd: '.',
      deadline: 20,
      planner: 'auto',
      constraints: [],
      uv_paths: [],
      uv_cache: null
    });
  });

  it('carries what else is known', () => {
    const asked = planRequest(request(['a'], { directory: 'sub/dir' }), {
      deadline: 3,
      planner: 'pip',
      constraints: ['b==1'],
      uvPaths: ['/x/uv'],
      uvCache: '/cache'
    });
    expect(asked).toMatchObject({
      cwd: 'sub/dir',
      deadline: 3,
      planner: 'pip',
      constraints: ['b==1'],
      uv_paths: ['/x/uv'],
      uv_cache: '/cache'
    });
  });

  it('is null for what cannot be planned', () => {
    expect(planRequest(request(['a'], { tool: 'apt' }), OPTIONS)).toBeNull();
  });
});

describe('unplannable', () => {
  it.each([
    ['!pip install -q a', null],
    ['%pip install -r requirements.txt', null],
    ['!pip install ./proj', null],
    ['!pip uninstall -y a', null],
    ['!uv pip install a', null],
    ['!conda install -y numpy', null],
    ['!mamba update --all', null],
    ['!conda remove numpy', null],
    ['!pip install {make_name()}', 'unknown-words'],
    ['!pip install $(cat names)', 'unknown-words'],
    ['!uv sync', 'environment-file'],
    ['!conda env update -f environment.yml', 'environment-file'],
    ['!conda env update --file=environment.yml', 'environment-file'],
    ['!apt-get install -y cuda', 'tool'],
    ['!poetry add a', 'tool']
  ])('%s', (cell, reason) => {
    const requests = recognise(cell);
    expect(requests.map(unplannable)).toEqual([reason]);
  });

  it('needs words', () => {
    expect(unplannable(request([]))).toBe('nothing');
    expect(unplannable(uninstall([]))).toBe('nothing');
  });
});

describe('protectedPins', () => {
  const view = new View(
    facts({
      packages: [
        dist('numpy', '1.26.4'),
        dist('torch', '2.3.1+cu121'),
        dist('odd', 'not a version'),
        dist('lost', null)
      ]
    })
  );

  it('pins what is installed and not asked for', () => {
    expect(
      protectedPins(
        view,
        ['torch', 'numpy', 'numpy', 'odd', 'lost', 'absent'],
        request(['xformers'])
      )
    ).toEqual(['numpy==1.26.4', 'torch==2.3.1+cu121']);
    expect(
      protectedPins(view, ['torch', 'numpy'], request(['NumPy>=2']))
    ).toEqual(['torch==2.3.1+cu121']);
  });

  it("uses conda's names and notation for conda", () => {
    expect(
      protectedPins(
        view,
        ['numpy', 'torch'],
        request(['pandas'], { tool: 'conda' })
      )
    ).toEqual(['numpy=1.26.4', 'pytorch=2.3.1']);
  });
});
