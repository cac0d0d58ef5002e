using System.Text;

namespace DualDb.Testing;

/// <summary>What a <see cref="LocalSupabase"/> starts with. The defaults suit nearly every test.</summary>
public sealed class LocalSupabaseOptions
{
    private const int ShortestSecret = 32;

    /// <summary>
    /// The local PostgreSQL database that the API stands on, as a superuser: Npgsql keywords or a <c>postgres://</c> URI, such as
    /// <c>servers.Supabase.ConnectionString</c>. Roles, grants and the schema <c>auth</c> are created in it. Null, the default, starts a server of
    /// its own, as <see cref="LocalServers"/> does.
    /// </summary>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public string? ConnectionString
    {
        get;
        set
        {
            if (value is not null)
            {
                ArgumentException.ThrowIfNullOrEmpty(value);
            }

            field = value;
        }
    }

    /// <summary>The schemas whose tables and functions are served; created where missing. At first <c>public</c> alone, which requests that name no schema mean.</summary>
    public IList<string> Schemas { get; } = ["public"];

    /// <summary>How many rows a response holds at most, as <c>max_rows</c> does at Supabase; 1000 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int MaxRows
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    }
    = 1000;

    /// <summary>Whether requests may aggregate; true by default. Hosted projects start with false.</summary>
    public bool AggregatesEnabled { get; set; } = true;

    /// <summary>The secret that tokens are signed with (HS256), of 32 bytes or more; null, the default, draws one.</summary>
    /// <exception cref="ArgumentException">The value is shorter than HS256 allows, or holds a control character.</exception>
    public string? JwtSecret
    {
        get;
        set
        {
            // Supabase's configuration files take env(NAME) for the name of a variable.
            if (value is not null && (Encoding.UTF8.GetByteCount(value) < ShortestSecret || value.Any(char.IsControl) || value.StartsWith("env(", StringComparison.Ordinal)))
            {
                throw new ArgumentException($"A secret for HS256 has {ShortestSecret} bytes or more, no control character, and does not begin with 'env('.", nameof(value));
            }

            field = value;
        }
    }

    /// <summary>The key that applications hand out, <c>sb_publishable_…</c>; null, the default, draws one.</summary>
    /// <exception cref="ArgumentException">The value is no publishable key.</exception>
    public string? PublishableKey
    {
        get;
        set => field = Key(value, "sb_publishable_");
    }

    /// <summary>The key that passes by row-level security, <c>sb_secret_…</c>; null, the default, draws one.</summary>
    /// <exception cref="ArgumentException">The value is no secret key.</exception>
    public string? SecretKey
    {
        get;
        set => field = Key(value, "sb_secret_");
    }

    /// <summary>How long each server may take to start or stop; 60 seconds by default. A download is not counted.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public TimeSpan StartTimeout
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            field = value;
        }
    }
    = TimeSpan.FromSeconds(60);

    private static string? Key(string? value, string prefix)
    {
        // Without the value, which may be somebody's real secret.
        return value is null || (value.Length > prefix.Length && value.StartsWith(prefix, StringComparison.Ordinal) && value.All(IsOfKey))
            ? value
            : throw new ArgumentException($"A key begins with '{prefix}', followed by letters, digits, '_' and '-'.", nameof(value));
    }

    private static bool IsOfKey(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-';
}
