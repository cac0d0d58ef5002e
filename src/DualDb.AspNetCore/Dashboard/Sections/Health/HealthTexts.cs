using DualDb.AspNetCore.Dashboard.Language;

namespace DualDb.AspNetCore.Dashboard.Sections.Health;

internal static class HealthTexts
{
    public static readonly Text Title = new("Health", "สุขภาพระบบ");
    public static readonly Text Checks = new("Health checks of this node", "การตรวจสุขภาพของโหนดนี้");
    public static readonly Text Check = new("Check", "การตรวจ");
    public static readonly Text Tags = new("Asked for as", "ถูกถามในฐานะ");
    public static readonly Text Words = new("In words", "รายละเอียด");
    public static readonly Text Data = new("Data", "ข้อมูล");
    public static readonly Text Took = new("Took", "ใช้เวลา");
    public static readonly Text Healthy = new("healthy", "ปกติ");
    public static readonly Text Degraded = new("degraded", "เสื่อมลง");
    public static readonly Text Unhealthy = new("unhealthy", "ผิดปกติ");
    public static readonly Text All = new("All of it:", "โดยรวม:");
}
