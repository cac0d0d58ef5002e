using System.Text;
using System.Text.Json;

namespace DualDb.Migrations.Drift;

/// <summary>A report for tools.</summary>
internal static class DriftJson
{
    public static string Of(DriftReport report)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteBoolean("hasDrift", report.HasDrift);
            json.WriteStartArray("differences");
            foreach (var one in report.Differences)
            {
                json.WriteStartObject();
                json.WriteString("severity", DriftText.NameOf(one.Severity));
                json.WriteString("database", MigrationId.FolderOf(one.Database));
                json.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(one.Kind.ToString()));
                json.WriteString("subject", one.Subject);
                json.WriteString("message", one.Message);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("notes");
            foreach (var note in report.Notes)
            {
                json.WriteStartObject();
                json.WriteString("database", MigrationId.FolderOf(note.Database));
                json.WriteString("message", note.Message);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
