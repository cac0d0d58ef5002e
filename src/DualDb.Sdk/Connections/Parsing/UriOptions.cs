using Npgsql;

namespace DualDb.Connections.Parsing;

/// <summary>The options behind the ? of a URI: libpq's names (PostgreSQL's manual, 34.1.2), and those the vendors' pages add.</summary>
/// <param name="builder">Receives the options.</param>
/// <param name="nameOptions">Whether an unknown option may be named; not where it may be part of a password.</param>
internal sealed class UriOptions(NpgsqlConnectionStringBuilder builder, bool nameOptions)
{
    /// <summary>Whether an option declared a transaction pooler.</summary>
    public bool DeclaresPooler { get; private set; }

    /// <summary>Reads <c>name=value&amp;name=value</c>.</summary>
    /// <exception cref="ConnectionStringException">An option is unknown, or its value malformed.</exception>
    public void Read(ReadOnlySpan<char> query)
    {
        foreach (var range in query.Split('&'))
        {
            var pair = query[range];
            if (pair.IsEmpty)
            {
                continue;
            }

            var equals = pair.IndexOf('=');
            if (equals <= 0)
            {
                throw new ConnectionStringException("An option behind the ? is not written as name=value.");
            }

            var name = PercentEncoding.Decode(pair[..equals], "name of an option");
            Set(name, PercentEncoding.Decode(pair[(equals + 1)..], nameOptions ? $"option {name}" : "value of an option"));
        }
    }

    private void Set(string name, string value)
    {
        switch (name.ToLowerInvariant())
        {
            case "pgbouncer":
                DeclaresPooler |= UriValue.Flag(name, value);
                break;
            case "statement_cache_size" or "prepared_statement_cache_size":
                // Pages for other drivers use it for the same purpose: 0 means that statements must not be prepared.
                DeclaresPooler |= value is "0";
                break;
            case "supa" or "workaround" or "uselibpqcompat":
                break; // Marks for other drivers, which mean nothing to this one.
            case var known when LibpqOptions.Setters.TryGetValue(known, out var set):
                Set(set, name, value);
                break;
            default:
                throw Unknown(name);
        }
    }

    /// <summary>Npgsql's own refusals quote the value, which may be a secret.</summary>
    private void Set(LibpqOptions.Setter set, string name, string value)
    {
        try
        {
            set(builder, name, value);
        }
        catch (ArgumentException)
        {
            throw new ConnectionStringException($"The value of the option {name} is malformed.");
        }
    }

    private ConnectionStringException Unknown(string name)
        => nameOptions
            ? new($"The option {name} is not known, or has no counterpart in Npgsql. Remove it, or set what it stands for in ConfigureDataSource.")
            : new("An option behind the ? is not known. Where the password holds one of @ : / ? # %, write it percent-encoded (/ is %2F, ? is %3F).");
}
