using Microsoft.Extensions.Configuration;

namespace DualDb.Hosting;

/// <summary>Reads the options about users from the configuration.</summary>
internal static class UserOptionsBinder
{
    /// <summary>Sets what an entry says; false where it is about something else.</summary>
    public static bool TryBind(SupabaseOptions options, IConfigurationSection entry)
    {
        switch (entry.Key)
        {
            case var key when Is(key, nameof(SupabaseOptions.JwtSecret)):
                options.JwtSecret = string.IsNullOrWhiteSpace(entry.Value) ? options.JwtSecret : entry.Value;
                return true;
            case var key when Is(key, nameof(SupabaseOptions.JwtKeys)):
                options.JwtKeys = string.IsNullOrWhiteSpace(entry.Value) ? options.JwtKeys : entry.Value;
                return true;
            case var key when Is(key, nameof(SupabaseOptions.UserRoles)):
                BindRoles(options, entry);
                return true;
            default:
                return false;
        }
    }

    // A list, as configuration files have it, or one text with commas, as an environment variable.
    private static void BindRoles(SupabaseOptions options, IConfigurationSection entry)
    {
        string[] roles =
        [
            .. (entry.Value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            .. entry.GetChildren().Select(static role => role.Value ?? ""),
        ];
        if (roles.Length == 0)
        {
            return;
        }

        options.UserRoles.Clear();
        foreach (var role in roles)
        {
            options.UserRoles.Add(role);
        }
    }

    private static bool Is(string key, string option) => string.Equals(key, option, StringComparison.OrdinalIgnoreCase);
}
