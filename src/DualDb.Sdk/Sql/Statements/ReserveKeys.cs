using Npgsql;
using NpgsqlTypes;

namespace DualDb.Sql.Statements;

/// <summary>Draws keys from a sequence ahead of a COPY.</summary>
internal readonly struct ReserveKeys(string sql, int count) : IStatement<IReadOnlyList<long>>
{
    public string Operation => "InsertManyAsync";

    public string Sql => sql;

    public bool Writes => true;

    public void Bind(NpgsqlParameterCollection parameters)
        => parameters.Add(new NpgsqlParameter<long> { TypedValue = count, NpgsqlDbType = NpgsqlDbType.Bigint });

    public async ValueTask<IReadOnlyList<long>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var keys = new List<long>(count);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            keys.Add(reader.GetInt64(0));
        }

        return keys;
    }
}
