using System.Net;
using System.Text;

namespace DualDb.Caching;

// Texts, bytes, identifiers and addresses.
public ref partial struct PayloadReader
{
    // Not Encoding.UTF8, which puts a replacement where bytes are no text.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a text.</summary>
    /// <exception cref="PayloadException">The payload is damaged.</exception>
    public string ReadString()
    {
        var bytes = ReadSpan();
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException exception)
        {
            throw new PayloadException("The payload holds a text that is not UTF-8.", exception);
        }
    }

    /// <summary>Reads bytes.</summary>
    /// <exception cref="PayloadException">The payload is damaged.</exception>
    public byte[] ReadBytes() => ReadSpan().ToArray();

    /// <summary>Reads an identifier.</summary>
    /// <exception cref="PayloadException">The payload is damaged.</exception>
    public Guid ReadGuid() => new(Take(PayloadSizes.Guid));

    /// <summary>Reads an address.</summary>
    /// <exception cref="PayloadException">The payload is damaged.</exception>
    public IPAddress ReadIPAddress()
    {
        var size = ReadByte();
        return size is PayloadSizes.Ipv4 or PayloadSizes.Ipv6 ? new IPAddress(Take(size)) : throw PayloadException.OutOfRange("address");
    }

    /// <summary>Reads a network.</summary>
    /// <exception cref="PayloadException">The payload is damaged.</exception>
    public IPNetwork ReadIPNetwork()
    {
        var address = ReadIPAddress();
        var prefix = ReadByte();
        try
        {
            return new IPNetwork(address, prefix);
        }
        catch (ArgumentException exception)
        {
            throw new PayloadException("The payload holds a value that is no network.", exception);
        }
    }
}
