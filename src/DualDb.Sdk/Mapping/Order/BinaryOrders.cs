using System.Net;

namespace DualDb.Mapping;

/// <summary><c>bytea</c>: byte by byte, then the shorter first.</summary>
internal sealed class BytesOrder : WireOrder<byte[]>
{
    public override int Compare(byte[] left, byte[] right) => left.AsSpan().SequenceCompareTo(right);
}

/// <summary><c>inet</c> without a netmask: the older family first, then byte by byte.</summary>
internal sealed class AddressOrder : WireOrder<IPAddress>
{
    public override int Compare(IPAddress left, IPAddress right)
    {
        var family = left.AddressFamily.CompareTo(right.AddressFamily);
        return family != 0 ? family : left.GetAddressBytes().AsSpan().SequenceCompareTo(right.GetAddressBytes());
    }
}
