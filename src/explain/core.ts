/** What is loaded when a cell fails. */
export { View } from '../facts/view';
export { explain } from './engine';
