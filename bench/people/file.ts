const repsOfOneManager = 8;

const idOf = (number: number): string => `U${String(number).padStart(6, '0')}`;

/** A people file of so many, a ninth of them managers of the others; as `users.list` of the Slack of here knows them. */
export function peopleFileOf(people: number): string {
  const managers = Math.ceil(people / (repsOfOneManager + 1));
  const rows = Array.from({ length: people }, (_, number) =>
    number < managers
      ? `${idOf(number)},,manager,,,,,`
      : `${idOf(number)},,rep,${idOf(number % managers)},core,${1 + (number % 4)},2025-11-03,`,
  );
  return ['slack_user_id,email,role,manager,segment,wave,start_date,country', ...rows].join('\n');
}

export const bossId = 'UBOSS';
export const someManager = idOf(0);
/** Part of the names of eleven people among fifty, and among fifty thousand. */
export const partOfANameAmong = (people: number): string => `person ${idOf(people - 1).slice(1, 6)}`;
