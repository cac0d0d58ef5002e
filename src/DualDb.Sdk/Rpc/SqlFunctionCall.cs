using System.Text;
using DualDb.RawSql;

namespace DualDb.Rpc;

/// <summary>The same call over SQL, with the answer that PostgREST would give.</summary>
internal sealed class SqlFunctionCall(PostgresDatabase database, string function, IReadOnlyDictionary<string, object?>? arguments) : FunctionCall(function, arguments)
{
    public override async Task RunAsync(CancellationToken cancellationToken)
        => await RawStatement.RunAsync(database, transaction: null, Statement("select from "), Operation, RawReads.AffectedAsync, cancellationToken).ConfigureAwait(false);

    // Whether a function returns rows is asked of the catalogue, since one row tells nothing.
    protected override async Task<byte[]> ReadAsync(CancellationToken cancellationToken)
    {
        var statement = new SqlInterpolation(0, 0);
        statement.AppendLiteral("select coalesce(p.returns_set, false), (case when p.only_column is null then to_jsonb(r) else jsonb_build_object(p.only_column, to_jsonb(r)) end)::text from ");
        AppendCall(statement);
        statement.AppendLiteral(" as r right join (select bool_or(f.proretset) as returns_set, max((select case when count(*) = 1 then min(o.name) end from unnest(f.proargnames, f.proargmodes) as o(name, mode) where o.mode in ('t', 'b', 'o'))) as only_column from pg_proc as f join pg_namespace as n on n.oid = f.pronamespace where n.nspname = ");
        statement.AppendFormatted(Schema);
        statement.AppendLiteral(" and f.proname = ");
        statement.AppendFormatted(Name);
        statement.AppendLiteral(") as p on true");
        var rows = await RawStatement.RunAsync(database, transaction: null, statement, Operation, ReadRowsAsync, cancellationToken).ConfigureAwait(false);
        var values = rows.Where(static row => row.Json is not null).Select(static row => row.Json!).ToArray();
        return Encoding.UTF8.GetBytes(rows is [{ IsSet: true }, ..] ? "[" + string.Join(',', values) + "]" : values is [var single] ? single : "null");
    }

    private SqlInterpolation Statement(string head)
    {
        var statement = new SqlInterpolation(0, 0);
        statement.AppendLiteral(head);
        AppendCall(statement);
        return statement;
    }

    private void AppendCall(SqlInterpolation statement)
    {
        statement.AppendFormatted(SqlFragment.Identifier(Schema, Name));
        statement.AppendLiteral("(");
        var separator = "";
        foreach (var (name, value) in Arguments)
        {
            statement.AppendLiteral(separator);
            statement.AppendFormatted(SqlFragment.Identifier(name));
            statement.AppendLiteral(" => ");
            statement.AppendFormatted(value, name);
            separator = ", ";
        }

        statement.AppendLiteral(")");
    }

    private static async Task<IReadOnlyList<(bool IsSet, string? Json)>> ReadRowsAsync(RawCall call, CancellationToken cancellationToken)
    {
        var reader = await call.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        var rows = new List<(bool, string?)>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            rows.Add((reader.GetBoolean(0), await reader.IsDBNullAsync(1, cancellationToken).ConfigureAwait(false) ? null : reader.GetString(1)));
        }

        return rows;
    }
}
