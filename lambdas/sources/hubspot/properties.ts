/** The properties of a contact that mean something to us, by HubSpot's names; `utm_*` are custom ones that most portals have. */
export const standard = [
  'email',
  'work_email',
  'firstname',
  'lastname',
  'phone',
  'mobilephone',
  'company',
  'jobtitle',
  'message',
  'lifecyclestage',
  'hs_lead_status',
  'hubspot_owner_id',
  'createdate',
  'lastmodifieddate',
  'hs_analytics_source',
  'recent_conversion_event_name',
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'utm_content',
  'utm_term',
];

/** Those whose changes HubSpot shall tell of, and which are looked after where it did not. */
export const watched = [
  'email',
  'firstname',
  'lastname',
  'phone',
  'company',
  'lifecyclestage',
  'hs_lead_status',
  'hubspot_owner_id',
];
