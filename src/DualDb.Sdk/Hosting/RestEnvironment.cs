using DualDb.Rest;

namespace DualDb.Hosting;

/// <summary>Reads the address and the key of a Supabase project from the environment.</summary>
internal static class RestEnvironment
{
    private static readonly string[] KeyVariables = ["SUPABASE_PUBLISHABLE_KEY", "SUPABASE_ANON_KEY"];

    public static void Read(SupabaseOptions options, Func<string, string?> environment, List<string> faults)
    {
        options.Url = Given(environment("SUPABASE_URL"));
        foreach (var variable in KeyVariables)
        {
            if (Given(environment(variable)) is not { } key)
            {
                continue;
            }

            // A mix-up of the two keys would quietly pass by row-level security.
            if (RestKeys.IsSecret(key))
            {
                faults.Add($"{variable} in the environment holds a secret key, which passes by row-level security. Put the publishable key there, and set Supabase.ApiKey in code or configuration where the secret one is meant.");
            }
            else
            {
                options.ApiKey ??= key;
            }
        }
    }

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
