/** A contact is known by its portal's id and its own, since two portals may have the same: `{portal}_{object}`. */
export const leadIdOf = (portal: string, object: string): string => `${portal}_${object}`;

/** The contact's own id at HubSpot. */
export const objectIdOf = (leadId: string): string => leadId.split('_')[1] ?? '';
