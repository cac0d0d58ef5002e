using DualDb.Mapping;
using DualDb.Rest;
using Npgsql;

namespace DualDb.Sql;

/// <summary>One of the reads that share a batch: its statements, and where their answers go.</summary>
internal interface IBatchRead
{
    /// <summary>The entity whose rows it reads, for messages.</summary>
    EntityInfo Entity { get; }

    /// <summary>Its statements with their parameters, new for each attempt.</summary>
    /// <exception cref="ColumnValueException">A value does not fit its column.</exception>
    IEnumerable<NpgsqlBatchCommand> Commands();

    /// <summary>Reads the answer of one of its statements; called once for each, in order.</summary>
    ValueTask ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken);

    /// <summary>Reads the same over REST.</summary>
    ValueTask RunAsync(RestClient rest, CancellationToken cancellationToken);

    /// <summary>Forgets what was read, before the batch is sent again.</summary>
    void Clear();
}
