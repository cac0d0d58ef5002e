using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DualDb.AspNetCore.Health;

/// <summary>Writes a report as JSON: each check with its status, what it says, and its data. For <c>HealthCheckOptions.ResponseWriter</c> of addresses of your own.</summary>
public static class HealthResponse
{
    /// <summary>Writes it. Exceptions are left out: they are for the log.</summary>
    /// <param name="context">The request.</param>
    /// <param name="report">The report.</param>
    public static async Task WriteAsync(HttpContext context, HealthReport report)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(report);
        context.Response.ContentType = "application/json; charset=utf-8";
        var writer = new Utf8JsonWriter(context.Response.BodyWriter, new JsonWriterOptions { Indented = true });
        await using (writer.ConfigureAwait(false))
        {
            writer.WriteStartObject();
            writer.WriteString("status", report.Status.ToString());
            writer.WriteNumber("duration_ms", Math.Round(report.TotalDuration.TotalMilliseconds, 1));
            writer.WriteStartObject("checks");
            foreach (var (name, entry) in report.Entries)
            {
                Write(writer, name, entry);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }

    private static void Write(Utf8JsonWriter writer, string name, HealthReportEntry entry)
    {
        writer.WriteStartObject(name);
        writer.WriteString("status", entry.Status.ToString());

        if (entry.Description is { } words && !IsUnseen(entry))
        {
            writer.WriteString("description", words);
        }

        writer.WriteNumber("duration_ms", Math.Round(entry.Duration.TotalMilliseconds, 1));
        writer.WriteStartObject("data");
        foreach (var (key, value) in entry.Data)
        {
            Write(writer, key, value);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    // Of a check that has thrown, the framework makes the message the description: nobody has looked at what that holds.
    private static bool IsUnseen(HealthReportEntry entry)
        => entry.Exception is { } thrown && string.Equals(entry.Description, thrown.Message, StringComparison.Ordinal) && !entry.Tags.Contains(HealthTags.DualDb, StringComparer.Ordinal);

    private static void Write(Utf8JsonWriter writer, string key, object value)
    {
        switch (value)
        {
            case bool truth:
                writer.WriteBoolean(key, truth);
                break;
            case int or long or short or byte:
                writer.WriteNumber(key, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumber(key, number);
                break;
            default:
                writer.WriteString(key, Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }
}
