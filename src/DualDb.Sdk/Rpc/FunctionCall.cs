using System.Text.Json;
using DualDb.Rest;

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

        Arguments = arguments ?? new Dictionary<string, object?>(StringComparer.Ordinal);
    }

    protected string Schema => _schema;

    protected string Name => _name;

    protected IReadOnlyDictionary<string, object?> Arguments { get; }

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
            throw new RowMappingException($"RpcAsync in {Database.Supabase}: what {_schema}.{_name} returned does not fit {typeof(T).Name}. {exception.Message} Read it into another type.", exception)
            {
                Database = Database.Supabase,
            };
        }
    }

    /// <summary>Calls the function, and returns what it returned as JSON: of a function that returns rows an array.</summary>
    protected abstract Task<byte[]> ReadAsync(CancellationToken cancellationToken);
}
