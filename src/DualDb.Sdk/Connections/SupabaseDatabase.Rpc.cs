using System.Text.Json.Serialization.Metadata;
using DualDb.Rpc;

namespace DualDb;

// Functions of the database.
public sealed partial class SupabaseDatabase
{
    /// <summary>Calls a function that returns nothing.</summary>
    /// <param name="function">The function, with its schema where that is not <c>public</c>: <c>app.close_account</c>.</param>
    /// <param name="arguments">Its arguments by name; null for none. Values of the types that columns can have, arrays of them, and <see cref="System.Text.Json.JsonElement"/>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="SchemaMismatchException">There is no such function with such arguments.</exception>
    /// <exception cref="DualDbException">The function failed.</exception>
    /// <remarks>Sent once, since only its author knows whether it may be repeated.</remarks>
    public Task RpcAsync(string function, IReadOnlyDictionary<string, object?>? arguments = null, CancellationToken cancellationToken = default)
        => FunctionCall.Of(this, function, arguments).RunAsync(cancellationToken);

    /// <summary>Calls a function that returns one value: a number, a text, a time, an array, or <see cref="System.Text.Json.JsonElement"/> for anything.</summary>
    /// <typeparam name="T">The type of the value; one that accepts null where the function may return NULL.</typeparam>
    /// <param name="function">The function, with its schema where that is not <c>public</c>.</param>
    /// <param name="arguments">Its arguments by name; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NotSupportedException">The type is none that columns can have: hand over how it is serialised.</exception>
    /// <exception cref="RowMappingException">The value does not fit the type.</exception>
    /// <exception cref="DualDbException">The function failed.</exception>
    public Task<T> RpcAsync<T>(string function, IReadOnlyDictionary<string, object?>? arguments = null, CancellationToken cancellationToken = default)
        => FunctionCall.Of(this, function, arguments).ReadAsync<T>(FunctionAnswer.Value<T>, cancellationToken);

    /// <summary>Calls a function that returns rows, or a value of a type of your own.</summary>
    /// <typeparam name="T">The type: of a function that returns rows a list of them.</typeparam>
    /// <param name="function">The function, with its schema where that is not <c>public</c>.</param>
    /// <param name="arguments">Its arguments by name; null for none.</param>
    /// <param name="type">How the type is serialised, from a <c>JsonSerializerContext</c>: <c>ShopJson.Default.ListRanking</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="RowMappingException">The answer does not fit the type.</exception>
    /// <exception cref="DualDbException">The function failed.</exception>
    public Task<T> RpcAsync<T>(string function, IReadOnlyDictionary<string, object?>? arguments, JsonTypeInfo<T> type, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(type);
        return FunctionCall.Of(this, function, arguments).ReadAsync(answer => FunctionAnswer.Document(answer, type), cancellationToken);
    }
}
