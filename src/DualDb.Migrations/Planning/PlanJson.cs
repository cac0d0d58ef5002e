using System.Text;
using System.Text.Json;

namespace DualDb.Migrations.Planning;

/// <summary>A plan for tools.</summary>
internal static class PlanJson
{
    public static string Of(MigrationPlan plan)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("hash", plan.Hash);
            if (plan.Resumes is { } run)
            {
                json.WriteString("resumes", run);
            }

            json.WriteStartArray("migrations");
            foreach (var migration in plan.Migrations)
            {
                Write(json, migration);
            }

            json.WriteEndArray();
            WriteIds(json, "deferred", plan.Deferred);
            WriteIds(json, "seeds", plan.Seeds);
            WriteIds(json, "changedSeeds", plan.ChangedSeeds);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter json, PlannedMigration migration)
    {
        json.WriteStartObject();
        json.WriteString("id", migration.Id.ToString());
        json.WriteString("database", MigrationId.FolderOf(migration.Id.Database));
        json.WriteString("source", migration.Source);
        json.WriteString("phase", PlanText.NameOf(migration.Phase));
        json.WriteBoolean("isRepeatable", migration.Id.IsRepeatable);
        json.WriteString("checksum", migration.Checksum);
        json.WriteNumber("statements", migration.Statements);
        json.WriteNumber("done", migration.Done);
        json.WriteBoolean("leavesTransactions", migration.LeavesTransactions);
        json.WriteBoolean("hasDown", migration.HasDown);
        json.WriteBoolean("takesAway", migration.TakesAway);
        if (migration.Batch is { } batch)
        {
            json.WriteNumber("batch", batch);
        }

        if (migration.Moves.Count > 0)
        {
            json.WriteStartArray("moves");
            foreach (var move in migration.Moves)
            {
                json.WriteStringValue(move);
            }

            json.WriteEndArray();
        }

        WriteIds(json, "requires", migration.Requires);
        json.WriteEndObject();
    }

    private static void WriteIds(Utf8JsonWriter json, string name, IReadOnlyList<MigrationId> ids)
    {
        json.WriteStartArray(name);
        foreach (var id in ids)
        {
            json.WriteStringValue(id.ToString());
        }

        json.WriteEndArray();
    }
}
