using Npgsql;

namespace DualDb.Sql.Statements;

/// <summary>The time at which the transaction began, by the database's clock.</summary>
internal readonly struct TransactionTime : IStatement<DateTimeOffset>
{
    public string Operation => "InsertManyAsync";

    public string Sql => "select now()";

    public bool Writes => false;

    public void Bind(NpgsqlParameterCollection parameters)
    {
    }

    public async ValueTask<DateTimeOffset> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return reader.GetFieldValue<DateTimeOffset>(0);
    }
}
