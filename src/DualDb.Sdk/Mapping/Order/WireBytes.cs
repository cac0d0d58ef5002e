using System.Net;
using System.Numerics;

namespace DualDb.Mapping;

/// <summary>Values as bytes, for cursors. They are read on other machines and by later versions: the order of bytes is fixed.</summary>
internal static class WireBytes
{
    /// <summary>Whether values of a type can be written.</summary>
    public static bool Has<T>()
        => default(T) is bool or short or int or long or float or double or decimal or Guid or DateTime or DateTimeOffset or DateOnly or TimeOnly or TimeSpan or BigInteger
            || typeof(T) == typeof(string) || typeof(T) == typeof(byte[]) || typeof(T) == typeof(IPAddress);

    public static void Write<T>(BinaryWriter writer, T value)
    {
        switch (value)
        {
            case bool given: writer.Write(given); break;
            case short given: writer.Write(given); break;
            case int given: writer.Write(given); break;
            case long given: writer.Write(given); break;
            case float given: writer.Write(given); break;
            case double given: writer.Write(given); break;
            case decimal given: writer.Write(given); break;
            case string given: writer.Write(given); break;
            case Guid given: writer.Write(given.ToByteArray()); break;
            case DateTime given: writer.Write(given.ToBinary()); break;
            case DateTimeOffset given: writer.Write(given.UtcTicks); break;
            case DateOnly given: writer.Write(given.DayNumber); break;
            case TimeOnly given: writer.Write(given.Ticks); break;
            case TimeSpan given: writer.Write(given.Ticks); break;
            case byte[] given: WriteBytes(writer, given); break;
            case BigInteger given: WriteBytes(writer, given.ToByteArray()); break;
            case IPAddress given: WriteBytes(writer, given.GetAddressBytes()); break;
            default: throw NotOrdered<T>();
        }
    }

    public static T Read<T>(BinaryReader reader)
    {
        object value = default(T) switch
        {
            bool => reader.ReadBoolean(),
            short => reader.ReadInt16(),
            int => reader.ReadInt32(),
            long => reader.ReadInt64(),
            float => reader.ReadSingle(),
            double => reader.ReadDouble(),
            decimal => reader.ReadDecimal(),
            Guid => new Guid(reader.ReadBytes(16)),
            DateTime => DateTime.FromBinary(reader.ReadInt64()),
            DateTimeOffset => new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero),
            DateOnly => DateOnly.FromDayNumber(reader.ReadInt32()),
            TimeOnly => new TimeOnly(reader.ReadInt64()),
            TimeSpan => new TimeSpan(reader.ReadInt64()),
            BigInteger => new BigInteger(ReadBytes(reader)),
            _ when typeof(T) == typeof(string) => reader.ReadString(),
            _ when typeof(T) == typeof(byte[]) => ReadBytes(reader),
            _ when typeof(T) == typeof(IPAddress) => new IPAddress(ReadBytes(reader)),
            _ => throw NotOrdered<T>(),
        };
        return (T)value;
    }

    private static void WriteBytes(BinaryWriter writer, byte[] bytes)
    {
        writer.Write7BitEncodedInt(bytes.Length);
        writer.Write(bytes);
    }

    private static byte[] ReadBytes(BinaryReader reader) => reader.ReadBytes(reader.Read7BitEncodedInt());

    private static NotSupportedException NotOrdered<T>() => new($"Pages cannot be ordered by a column of the type {typeof(T).Name}. Order by other columns.");
}
