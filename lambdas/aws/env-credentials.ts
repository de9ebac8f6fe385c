// Stands in for the SDK's whole chain of credential providers when the functions are bundled: Lambda has its role's
// credentials in the environment and nowhere else, and the rest is a quarter of a bundle
// (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime).
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';
