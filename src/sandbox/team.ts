import type { Role, Segment } from '#domain/people.ts';

/** The team a visitor finds: made up, like its conversations. */
export interface TeamMember {
  id: string;
  name: string;
  title: string;
  zone: string;
  country: string;
  roles: Role[];
  manager?: string;
  segment?: Segment;
  wave?: number;
  startDate: string;
  /** The pair's weekly 1:1 in the manager's time, for reps. */
  slot?: { weekday: number; time: string; everyWeeks: number };
}

const lead = (id: string, name: string, zone: string, country: string): TeamMember => ({
  id,
  name,
  title: 'Sales enablement lead',
  zone,
  country,
  roles: ['enablement', 'admin'],
  startDate: '2023-02-01',
});

const manager = (id: string, name: string, zone: string, country: string, startDate: string): TeamMember => ({
  id,
  name,
  title: 'Sales manager',
  zone,
  country,
  roles: ['manager'],
  startDate,
});

const everySecondWeek = new Set([
  'U0AISHA',
  'U0GRACE',
  'U0CONNOR',
  'U0INES',
  'U0OLIVER',
  'U0KENJI',
  'U0ARJUN',
  'U0LUKAS',
]);

type RepRow = [
  id: string,
  name: string,
  zone: string,
  country: string,
  segment: Segment,
  wave: number,
  weekday: number,
  time: string,
  startDate: string,
];

const reps = (managerId: string, rows: RepRow[]): TeamMember[] =>
  rows.map(([id, name, zone, country, segment, wave, weekday, time, startDate]) => ({
    id,
    name,
    title: 'Account executive',
    zone,
    country,
    roles: ['rep'],
    manager: managerId,
    segment,
    wave,
    startDate,
    // Those who need it less, and those who would rather be left alone, meet every second week.
    slot: { weekday, time, everyWeeks: everySecondWeek.has(id) ? 2 : 1 },
  }));

export const teamName = 'Northwind Sales';

export const priya = 'U0PRIYA';
export const dana = 'U0DANA';
export const sam = 'U0SAM';
export const tomas = 'U0TOMAS';
const mei = 'U0MEI';
export const jonas = 'U0JONAS';
export const amara = 'U0AMARA';

export const enablementChannel = 'C0ENABLEMENT';

/** Of the one training: its thirtieth day is three days after the sandbox begins. */
export const sessionOn = '2026-05-15';

export const team: readonly TeamMember[] = [
  lead(priya, 'Priya Raman', 'Europe/London', 'GB'),
  manager(dana, 'Dana Whitfield', 'America/New_York', 'US', '2021-05-03'),
  manager(tomas, 'Tomás Ferreira', 'Europe/London', 'GB', '2022-01-10'),
  manager(mei, 'Mei Tanaka', 'Asia/Tokyo', 'JP', '2020-09-01'),
  manager(jonas, 'Jonas Keller', 'Europe/Berlin', 'DE', '2026-01-05'),
  manager(amara, 'Amara Osei', 'Europe/London', 'GB', '2023-04-03'),
  ...reps(dana, [
    [sam, 'Sam Rivera', 'America/New_York', 'US', 'core', 1, 4, '15:30', '2024-03-11'],
    ['U0AISHA', 'Aisha Bello', 'America/New_York', 'US', 'star', 1, 2, '10:00', '2021-08-02'],
    ['U0CONNOR', 'Connor Walsh', 'America/New_York', 'US', 'core', 1, 2, '14:00', '2023-06-19'],
    ['U0LENA', 'Lena Fischer', 'America/New_York', 'US', 'core', 2, 3, '11:00', '2022-11-07'],
    ['U0DEVON', 'Devon Clarke', 'America/Los_Angeles', 'US', 'low', 3, 3, '14:30', '2024-09-30'],
    ['U0GRACE', 'Grace Okafor', 'America/Los_Angeles', 'US', 'star', 4, 1, '15:00', '2019-04-15'],
  ]),
  ...reps(tomas, [
    ['U0INES', 'Inês Duarte', 'Europe/London', 'GB', 'star', 1, 1, '11:00', '2021-02-15'],
    ['U0MARC', 'Marc Lefèvre', 'Europe/London', 'GB', 'core', 1, 2, '10:30', '2022-05-02'],
    ['U0SOFIA', 'Sofia Rossi', 'Europe/London', 'GB', 'core', 2, 2, '15:00', '2023-01-09'],
    ['U0OLIVER', 'Oliver Grant', 'Europe/London', 'GB', 'core', 2, 3, '10:00', '2023-10-02'],
    ['U0HANNAH', 'Hannah Price', 'Europe/London', 'GB', 'low', 3, 4, '11:30', '2024-06-03'],
  ]),
  ...reps(mei, [
    ['U0KENJI', 'Kenji Mori', 'Asia/Tokyo', 'JP', 'star', 1, 1, '13:00', '2020-04-01'],
    ['U0YUKI', 'Yuki Sato', 'Asia/Tokyo', 'JP', 'core', 2, 2, '13:30', '2022-04-01'],
    ['U0ARJUN', 'Arjun Mehta', 'Asia/Kolkata', 'IN', 'core', 2, 3, '16:00', '2023-07-10'],
    ['U0NADIA', 'Nadia Rahman', 'Asia/Kolkata', 'IN', 'core', 3, 4, '16:30', '2024-01-15'],
  ]),
  ...reps(jonas, [
    ['U0LUKAS', 'Lukas Brandt', 'Europe/Berlin', 'DE', 'core', 2, 2, '09:30', '2022-08-01'],
    ['U0ELIF', 'Elif Yılmaz', 'Europe/Berlin', 'DE', 'core', 3, 3, '13:00', '2023-03-06'],
    ['U0PIETER', 'Pieter van den Berg', 'Europe/Berlin', 'DE', 'low', 4, 4, '14:00', '2024-02-05'],
  ]),
  ...reps(amara, [
    ['U0THEO', 'Theo Marsh', 'Europe/London', 'GB', 'core', 2, 3, '14:30', '2023-05-15'],
    ['U0ZARA', 'Zara Malik', 'Europe/London', 'GB', 'star', 1, 4, '10:00', '2021-11-01'],
  ]),
];

/** Early adopters among the stars: certified by the time the sandbox begins. */
export const isReadyForCertificate = ({ segment, wave }: TeamMember): boolean =>
  segment === 'star' && wave === 1;

/** The same team as an operator would import it. */
export function peopleFile(): string {
  const header = 'slack_user_id,email,role,manager,segment,wave,start_date,country';
  const rows = team.map((one) =>
    [
      one.id,
      '',
      one.roles.join('+'),
      one.manager ?? '',
      one.segment ?? '',
      one.wave ?? '',
      one.startDate,
      one.country,
    ].join(','),
  );
  return [header, ...rows].join('\n');
}
