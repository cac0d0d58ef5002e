using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using DualDb.Consistency.Json;

namespace DualDb.Consistency.Events.Publishing;

/// <summary>Writes an event's payload.</summary>
internal static class EventEncoding
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? t_writer;

    /// <summary>The payload as text.</summary>
    /// <exception cref="EventRefusedException">It is larger than allowed, or the event holds what JSON cannot.</exception>
    public static string Encode<TEvent>(TEvent domainEvent, int maxBytes)
        where TEvent : IDomainEvent<TEvent>
    {
        var buffer = t_buffer ?? new ArrayBufferWriter<byte>(1024);
        var writer = t_writer ?? new Utf8JsonWriter(Stream.Null, JsonLimits.Writing);

        // Taken while they are in use: an event's own code could publish another.
        (t_buffer, t_writer) = (null, null);
        buffer.ResetWrittenCount();
        writer.Reset(buffer);
        try
        {
            TEvent.Write(writer, domainEvent);
            writer.Flush();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or JsonException)
        {
            throw new EventRefusedException(TEvent.EventName, $"it cannot be written as JSON: {exception.Message}", exception);
        }

        if (buffer.WrittenCount > maxBytes)
        {
            throw new EventRefusedException(
                TEvent.EventName,
                string.Create(CultureInfo.InvariantCulture, $"its payload has {buffer.WrittenCount} bytes, and {maxBytes} are allowed (EventOptions.MaxEventBytes). Store what is large in a table, and let the event name it."));
        }

        var text = Encoding.UTF8.GetString(buffer.WrittenSpan);
        (t_buffer, t_writer) = (buffer.Capacity <= 64 * 1024 ? buffer : null, writer);
        return text;
    }
}
