using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace DualDb.Consistency.Monitoring.Alerts.Sinks;

/// <summary>What is posted: <c>text</c> is what Slack and those like it show, the rest is for programs.</summary>
internal static class WebhookBody
{
    public static byte[] Write(Alert alert)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("text", Text(alert));
            writer.WriteString("application", alert.Application);
            writer.WriteString("rule", alert.Rule);
            writer.WriteString("subject", alert.Subject);
            writer.WriteString("severity", alert.Severity == AlertSeverity.Page ? "page" : "warning");
            writer.WriteString("status", alert.IsResolved ? "resolved" : "firing");
            writer.WriteString("words", alert.Words);
            writer.WriteString("since", alert.Since);
            writer.WriteString("at", alert.At);
            writer.WriteNumber("repetition", alert.Repetition);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The signature of a body at a time, so that neither can be exchanged and an old one is known to be old: <c>t=1767225600,v1=&lt;HMAC-SHA256 of "1767225600." and the body&gt;</c>.</summary>
    public static string Sign(byte[] body, string secret, DateTimeOffset at)
    {
        var time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes(time), (byte)'.', .. body];
        return $"t={time},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed))}";
    }

    // Slack reads these three as its markup.
    private static string Text(Alert alert)
    {
        var subject = alert.Subject.Length > 0 ? $" ({alert.Subject})" : "";
        var words = alert.IsResolved ? $"Resolved: {alert.Rule}{subject} in {alert.Application}. It was: {alert.Words}" : $"{(alert.Severity == AlertSeverity.Page ? "PAGE" : "Warning")}: {alert.Rule}{subject} in {alert.Application}. {alert.Words}";
        return words.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
    }
}
