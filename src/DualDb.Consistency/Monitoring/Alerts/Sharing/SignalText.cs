using System.Buffers;
using System.Text;
using System.Text.Json;

namespace DualDb.Consistency.Monitoring.Alerts.Sharing;

/// <summary>Signals as JSON.</summary>
internal static class SignalText
{
    public static string Write(IEnumerable<AlertSignal> signals)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (var signal in signals)
            {
                writer.WriteStartArray();
                writer.WriteStringValue(signal.Rule);
                writer.WriteStringValue(signal.Subject);
                writer.WriteStringValue(signal.Words);
                writer.WriteEndArray();
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static IReadOnlyList<AlertSignal> Read(string text)
    {
        using var document = JsonDocument.Parse(text);
        return [.. document.RootElement.EnumerateArray().Select(static one => new AlertSignal(one[0].GetString()!, one[1].GetString()!, one[2].GetString()!))];
    }
}
