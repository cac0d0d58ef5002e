using System.Text.RegularExpressions;
using DualDb.Caching;
using DualDb.Connections.Parsing;

namespace DualDb.Diagnostics;

/// <summary>Takes secrets out of all that is shown: those that are known, and what looks like one.</summary>
internal sealed partial class Redaction
{
    private const string Mark = "***";

    /// <summary>A shorter one would be found in the middle of every other word; addresses are recognised by their form.</summary>
    private const int ShortestSecret = 4;

    private readonly List<string> _secrets = [];

    /// <summary>Knows no secret, and takes out what looks like one. Nothing is added to it.</summary>
    public static Redaction None { get; } = new();

    /// <summary>Knows the secrets of a root.</summary>
    public static Redaction Of(IDualDatabase root)
    {
        var redaction = new Redaction();
        redaction.AddDatabases(root);
        return redaction;
    }

    /// <summary>Adds the secrets of an address; one that cannot be read is one as a whole.</summary>
    public void AddAddress(string? connectionString)
    {
        if (string.IsNullOrWhiteSpace(connectionString))
        {
            return;
        }

        Add(connectionString.Trim());
        try
        {
            var builder = ConnectionStringParser.Parse(connectionString).Builder;
            Add(builder.Password);
            Add(builder.SslPassword);
        }
        catch (ConnectionStringException)
        {
            // Its password cannot be told from the rest: the whole is hidden above, and what looks like one below.
        }
    }

    /// <summary>Adds what reaches the databases of a root, and its Redis.</summary>
    public void AddDatabases(IDualDatabase root)
    {
        AddRedis(root.Cache.Core.Options.Redis);
        AddAddress(root.Neon.Options.ConnectionString);
        AddAddress(root.Supabase.Options.ConnectionString);
        if (root.Supabase.Options is SupabaseOptions supabase)
        {
            Add(supabase.ApiKey);
            Add(supabase.JwtSecret);
        }
    }

    /// <summary>A text without secrets.</summary>
    public string Clean(string text)
    {
        foreach (var secret in _secrets)
        {
            text = text.Replace(secret, Mark, StringComparison.Ordinal);
        }

        return KeywordPassword().Replace(UriPassword().Replace(text, "${start}" + Mark), "${start}" + Mark);
    }

    private void AddRedis(string? address)
    {
        if (string.IsNullOrWhiteSpace(address))
        {
            return;
        }

        Add(address.Trim());
        if (RedisAddress.FindFault(address) is null)
        {
            Add(RedisAddress.Parse(address).Password);
        }
    }

    private void Add(string? secret)
    {
        if (secret is not { Length: >= ShortestSecret } || _secrets.Contains(secret))
        {
            return;
        }

        _secrets.Add(secret);
        if (!string.Equals(Uri.EscapeDataString(secret), secret, StringComparison.Ordinal))
        {
            _secrets.Add(Uri.EscapeDataString(secret));
        }

        // The longest first: a whole address before the password in it.
        _secrets.Sort(static (left, right) => right.Length.CompareTo(left.Length));
    }

    [GeneratedRegex(@"(?<start>\b(postgres|postgresql|rediss?)://[^\s:/@]*:)[^\s@]+(?=@)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UriPassword();

    [GeneratedRegex("""(?<start>\b(password|pwd)\s*=\s*)("[^"]*"|'[^']*'|[^\s;&'"]+)""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex KeywordPassword();
}
