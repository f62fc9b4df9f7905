export function photoFields(): void {}
