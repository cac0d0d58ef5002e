using System.Text.Json;
using DualDb.RawSql;

namespace DualDb.Rpc;

/// <summary>One call of a function by its name.</summary>
internal abstract class FunctionCall
{
    private readonly string _schema;
    private readonly string _name;

    protected FunctionCall(string function, IReadOnlyDictionary<string, object?>? arguments)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(function);
        var dot = function.IndexOf('.', StringComparison.Ordinal);
        (_schema, _name) = dot < 0 ? ("public", function) : (function[..dot], function[(dot + 1)..]);
        if (_schema.Length == 0 || _name.Length == 0)
        {
            throw new ArgumentException($"'{function}' is no name of a function. Write name, or schema.name.", nameof(function));
        }

        Arguments = arguments is null ? [] : [.. arguments.Select(argument => KeyValuePair.Create(argument.Key, Checked(argument.Key, argument.Value)))];
    }

    /// <summary>What is called, for messages.</summary>
    protected string Operation => $"RpcAsync of {_schema}.{_name}";

    protected string Schema => _schema;

    protected string Name => _name;

    /// <summary>The arguments, as they travel.</summary>
    protected IReadOnlyList<KeyValuePair<string, object?>> Arguments { get; }

    public static FunctionCall Of(SupabaseDatabase database, string function, IReadOnlyDictionary<string, object?>? arguments)
        => database.Rest is { } rest ? new RestFunctionCall(rest, function, arguments) : new SqlFunctionCall(database, function, arguments);

    public abstract Task RunAsync(CancellationToken cancellationToken);

    /// <summary>Calls the function, and makes a value of the JSON that it returned.</summary>
    public async Task<T> ReadAsync<T>(Func<byte[], T> read, CancellationToken cancellationToken)
    {
        var json = await ReadAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return read(json);
        }
        catch (Exception exception) when (exception is InvalidCastException or FormatException or OverflowException or JsonException)
        {
            throw new RowMappingException($"{Operation} in {Database.Supabase}: what it returned does not fit {typeof(T).Name}. {exception.Message} Read it into another type.", exception)
            {
                Database = Database.Supabase,
            };
        }
    }

    // The same for both ways to the database, since over REST nobody else would look: JSON would have half of a surrogate pair replaced.
    private object? Checked(string name, object? value)
    {
        try
        {
            return value is not JsonElement { ValueKind: JsonValueKind.Undefined }
                ? SqlValue.Convert(value, name)
                : throw new ArgumentException($"The value of {{{name}}} is a JsonElement that was never set. Set it, or hand over null.", name);
        }
        catch (ArgumentException refused)
        {
            throw new ArgumentException($"{Operation} in {Database.Supabase}: {refused.Message}", nameof(value), refused);
        }
    }

    /// <summary>Calls the function, and returns what it returned as JSON: of a function that returns rows an array.</summary>
    protected abstract Task<byte[]> ReadAsync(CancellationToken cancellationToken);
}
