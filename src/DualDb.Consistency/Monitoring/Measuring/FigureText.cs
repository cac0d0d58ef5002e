using System.Buffers;
using System.Text;
using System.Text.Json;

namespace DualDb.Consistency.Monitoring.Measuring;

/// <summary>Figures as JSON: a bucket and its count, after one another.</summary>
internal static class FigureText
{
    public static string Write(Figures figures)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            Write(writer, "neon", figures.Neon);
            Write(writer, "supabase", figures.Supabase);
            writer.WriteStartObject("durations");
            foreach (var (name, durations) in figures.Durations)
            {
                Write(writer, name, durations);
            }

            writer.WriteEndObject();
            writer.WriteStartObject("sums");
            foreach (var (name, sum) in figures.Sums)
            {
                writer.WriteNumber(name, sum.Value);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static Figures Read(string text)
    {
        var figures = new Figures();
        using var document = JsonDocument.Parse(text);
        var root = document.RootElement;
        Read(root.GetProperty("neon"), figures.Neon);
        Read(root.GetProperty("supabase"), figures.Supabase);
        foreach (var durations in root.GetProperty("durations").EnumerateObject())
        {
            Read(durations.Value, figures.DurationsOf(durations.Name));
        }

        foreach (var sum in root.GetProperty("sums").EnumerateObject())
        {
            figures.AddSum(sum.Name, sum.Value.GetDouble());
        }

        return figures;
    }

    private static void Write(Utf8JsonWriter writer, string name, DurationSketch durations)
    {
        writer.WriteStartArray(name);
        foreach (var (bucket, count) in durations.Buckets())
        {
            writer.WriteNumberValue(bucket);
            writer.WriteNumberValue(count);
        }

        writer.WriteEndArray();
    }

    private static void Read(JsonElement buckets, DurationSketch durations)
    {
        for (var place = 0; place + 1 < buckets.GetArrayLength(); place += 2)
        {
            durations.Add(buckets[place].GetInt32(), buckets[place + 1].GetInt64());
        }
    }
}
