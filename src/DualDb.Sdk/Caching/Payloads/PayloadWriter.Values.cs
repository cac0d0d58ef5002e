using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DualDb.Caching;

// Texts, bytes, identifiers and addresses.
public ref partial struct PayloadWriter
{
    /// <summary>Writes a text as UTF-8.</summary>
    /// <param name="value">The text.</param>
    public void Write(string value)
    {
        ArgumentNullException.ThrowIfNull(value);

        // Short texts, which is most of them, are encoded once, behind a length of one byte: three bytes hold any UTF-16 unit.
        if (value.Length * 3L < 0x80)
        {
            var room = Room((value.Length * 3) + 1);
            var written = Encoding.UTF8.GetBytes(value, room[1..]);
            room[0] = (byte)written;
            _length += written + 1;
            return;
        }

        var size = Encoding.UTF8.GetByteCount(value);
        WriteVarint((uint)size);
        Encoding.UTF8.GetBytes(value, Take(size));
    }

    /// <summary>Writes bytes.</summary>
    /// <param name="value">The bytes.</param>
    public void Write(byte[] value)
    {
        ArgumentNullException.ThrowIfNull(value);
        WriteBytes(value);
    }

    /// <summary>Writes an identifier: 16 bytes.</summary>
    /// <param name="value">The identifier.</param>
    public void Write(Guid value) => value.TryWriteBytes(Take(PayloadSizes.Guid));

    /// <summary>Writes an address; a scope, which PostgreSQL does not keep, is left out.</summary>
    /// <param name="value">The address.</param>
    public void Write(IPAddress value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var size = value.AddressFamily == AddressFamily.InterNetwork ? PayloadSizes.Ipv4 : PayloadSizes.Ipv6;
        Write((byte)size);
        value.TryWriteBytes(Take(size), out _);
    }

    /// <summary>Writes a network.</summary>
    /// <param name="value">The network.</param>
    public void Write(IPNetwork value)
    {
        Write(value.BaseAddress);
        Write((byte)value.PrefixLength);
    }
}

/// <summary>Sizes in bytes.</summary>
internal static class PayloadSizes
{
    public const int Guid = 16;
    public const int Ipv4 = 4;
    public const int Ipv6 = 16;
}
