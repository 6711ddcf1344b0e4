/** Cell text → install requests. */
export { mayChangePackages } from './prescan';
export { recognise } from './recognise';
export type * from './types';
