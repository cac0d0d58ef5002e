using System.Globalization;
using DualDb.ChangeLog;
using Npgsql.Replication.PgOutput.Messages;

namespace DualDb.Consistency.Sync.Decoding;

/// <summary>A row of the change log as the database sends it: by the names of its columns, so that a column that a later version adds does no harm.</summary>
internal static class DecodedRow
{
    public static async ValueTask<LoggedChange> ReadAsync(InsertMessage message, CancellationToken cancellationToken)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var value in message.NewRow.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (!value.IsDBNull)
            {
                values[value.GetFieldName()] = await value.Get<string>(cancellationToken).ConfigureAwait(false);
            }
        }

        return new LoggedChange(
            Number(values["id"]),
            ulong.Parse(values["transaction"], NumberStyles.None, CultureInfo.InvariantCulture),
            DateTimeOffset.ParseExact(values["recorded_at"], "yyyy-MM-dd HH:mm:ss.FFFFFFzz", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal),
            values["table_schema"],
            values["table_name"],
            values["operation"] switch
            {
                "I" => ChangeOperation.Insert,
                "U" => ChangeOperation.Update,
                "D" => ChangeOperation.Delete,
                _ => ChangeOperation.Truncate,
            },
            values.GetValueOrDefault("key"),
            values.GetValueOrDefault("new_key"),
            values.GetValueOrDefault("old"),
            values.GetValueOrDefault("new"),
            values.GetValueOrDefault("origin"))
        {
            Base = values.TryGetValue("base", out var ground) ? Number(ground) : null,
            Version = values.TryGetValue("version", out var version) ? Number(version) : null,
            SchemaVersion = values.TryGetValue("schema_version", out var form) ? (int)Number(form) : null,
            Trace = values.GetValueOrDefault("trace"),
        };
    }

    private static long Number(string text) => long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
