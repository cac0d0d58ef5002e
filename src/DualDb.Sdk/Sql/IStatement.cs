using DualDb.Rest;
using Npgsql;

namespace DualDb.Sql;

/// <summary>
/// One statement with its arguments and the way to read its answer. Implemented by structs, so that the executor is specialised
/// for each and a call allocates neither a closure nor a delegate.
/// </summary>
/// <typeparam name="TResult">What the answer becomes.</typeparam>
internal interface IStatement<TResult>
{
    /// <summary>The public method, for messages and traces.</summary>
    string Operation { get; }

    /// <summary>The SQL, constant per method and entity, so that the server can reuse its plan.</summary>
    string Sql { get; }

    /// <summary>A statement that is sent before this one, in the same round trip and transaction; null for none.</summary>
    static virtual string? Preamble => null;

    /// <summary>Whether the statement writes: a write is repeated only where nothing of it can have been applied.</summary>
    bool Writes { get; }

    /// <summary>Adds the parameters; runs before a connection is asked for, so that bad input is refused before anything is sent.</summary>
    void Bind(NpgsqlParameterCollection parameters);

    /// <summary>Adds the parameters of the preamble; called only where there is one.</summary>
    void BindPreamble(NpgsqlParameterCollection parameters)
    {
    }

    /// <summary>Reads the answer; that of the preamble is before it.</summary>
    ValueTask<TResult> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken);

    /// <summary>Does the same over REST.</summary>
    /// <exception cref="NotSupportedException">REST cannot do it.</exception>
    ValueTask<TResult> RunAsync(RestTable rest, CancellationToken cancellationToken)
        => throw RestUnsupported.Of($"{rest.Entity.Name}.{Operation} cannot be done");
}
