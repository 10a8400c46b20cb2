/** Drawn here, so that nothing is fetched from elsewhere. */
const paths = {
  close: 'M5 5l10 10M15 5L5 15',
  menu: 'M3 6h14M3 10h14M3 14h14',
  more: 'M10 4.5v.01M10 10v.01M10 15.5v.01',
  down: 'M5 8l5 5 5-5',
  up: 'M5 12l5-5 5 5',
  back: 'M12 4l-6 6 6 6',
  check: 'M4 10.5l4 4 8-9',
  hash: 'M8 3L6 17M14 3l-2 14M3.5 7.5h14M2.5 12.5h14',
  lock: 'M6 9V6.5a4 4 0 0 1 8 0V9M4.5 9h11v8h-11z',
  home: 'M3 9.5L10 3.5l7 6M5 8v8.5h10V8',
  send: 'M3 4l14 6-14 6 2.5-6z',
  plus: 'M10 4v12M4 10h12',
  bolt: 'M11 2.5L4.5 11H10l-1 6.5L15.5 9H10z',
  at: 'M13 10a3 3 0 1 1-6 0 3 3 0 0 1 6 0zm0 0v1.2c0 2.4 4 2.3 4-1.2a7 7 0 1 0-2.6 5.4',
  slash: 'M13 3L7 17',
  next: 'M4 4.5l8 5.5-8 5.5zM15.5 4.5v11',
  clock: 'M10 5.5V10l3 2M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0z',
  sun: 'M10 6.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM10 2v1.5M10 16.500v1.5M2 10h1.500M16.5 10H18M4.300 4.300l1.100 1.100M14.600 14.600l1.100 1.100M4.300 15.700l1.100-1.100M14.600 5.400l1.100-1.100',
  moon: 'M16.5 12A7 7 0 0 1 8 3.500a7 7 0 1 0 8.500 8.500z',
  code: 'M7 5l-5 5 5 5M13 5l5 5-5 5',
  help: 'M7.500 7.500a2.500 2.500 0 1 1 3.600 2.300c-.8.400-1.100.9-1.100 1.700M10 14.200v.01M17.500 10a7.500 7.500 0 1 1-15 0 7.500 7.500 0 0 1 15 0z',
  search: 'M8.500 3.500a5 5 0 1 1 0 10 5 5 0 0 1 0-10zM12.500 12.500L17 17',
  thread: 'M4 4h12v9H9l-4 3.500V13H4z',
  eye: 'M2 10s3-5.500 8-5.500S18 10 18 10s-3 5.500-8 5.500S2 10 2 10zm8-2.300a2.300 2.300 0 1 1 0 4.600 2.300 2.300 0 0 1 0-4.600z',
  file: 'M5 2.500h7l3.500 3.500v11.500H5zM12 2.500V6h3.500',
  warn: 'M10 3l8 14H2zM10 8v4M10 14.500v.01',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
