using DualDb.Rest;

namespace DualDb.Connections;

/// <summary>Finds what is missing or malformed in the options of Supabase's REST API.</summary>
internal static class RestOptionsValidator
{
    /// <summary>One sentence per fault, none of which repeats a key.</summary>
    public static IEnumerable<string> Validate(SupabaseOptions options)
    {
        if (!Uri.TryCreate(options.Url, UriKind.Absolute, out var url) || (!Has(url, Uri.UriSchemeHttps) && !Has(url, Uri.UriSchemeHttp)) || url.Query.Length > 0 || url.UserInfo.Length > 0)
        {
            yield return "Supabase.Url is malformed. It is the project's address, such as https://abcdefgh.supabase.co, with nothing behind it.";
        }
        else if (Has(url, Uri.UriSchemeHttp) && !url.IsLoopback)
        {
            yield return "Supabase.Url begins with http:, over which keys and tokens would travel unencrypted. Use https:.";
        }

        if (string.IsNullOrWhiteSpace(options.ApiKey))
        {
            yield return "Supabase.ApiKey is not set. Set it in code, as DualDb:Supabase:ApiKey in the configuration, or in the environment variable SUPABASE_PUBLISHABLE_KEY or SUPABASE_ANON_KEY.";
        }
        else if (RestKeys.FindFault(options.ApiKey) is { } fault)
        {
            yield return "Supabase.ApiKey is malformed. " + fault;
        }

        if (options.PublishableKey is { } publishable)
        {
            if (RestKeys.FindFault(publishable) is { } malformed)
            {
                yield return "Supabase.PublishableKey is malformed. " + malformed;
            }
            else if (RestKeys.IsSecret(publishable))
            {
                yield return "Supabase.PublishableKey holds a secret key, which passes by row-level security. Put the publishable key there.";
            }
        }
    }

    private static bool Has(Uri url, string scheme) => string.Equals(url.Scheme, scheme, StringComparison.Ordinal);
}
