import { Picture } from '../ui/picture.tsx';
import type { ElementProps } from './surface.ts';

export function ImageElement({ element }: ElementProps) {
  return <Picture image={element} className="image-element" />;
}
