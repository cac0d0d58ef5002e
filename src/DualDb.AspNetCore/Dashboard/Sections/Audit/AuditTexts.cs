using DualDb.AspNetCore.Dashboard.Language;

namespace DualDb.AspNetCore.Dashboard.Sections.Audit;

internal static class AuditTexts
{
    public static readonly Text Title = new("Audit", "ประวัติการดำเนินการ");
    public static readonly Text Entries = new("What operators did", "สิ่งที่ผู้ปฏิบัติงานทำ");
    public static readonly Text Which = new("Which entries", "เลือกรายการ");
    public static readonly Text At = new("When", "เมื่อ");
    public static readonly Text Actor = new("Who", "ผู้ดำเนินการ");
    public static readonly Text Action = new("What", "การดำเนินการ");
    public static readonly Text Target = new("To what", "เป้าหมาย");
    public static readonly Text Reason = new("Reason", "เหตุผล");
    public static readonly Text Outcome = new("Outcome", "ผลลัพธ์");
    public static readonly Text Detail = new("In words", "รายละเอียด");
    public static readonly Text From = new("From (UTC)", "ตั้งแต่ (UTC)");
    public static readonly Text Until = new("Until (UTC)", "ถึง (UTC)");
    public static readonly Text Begun = new("started", "เริ่มแล้ว");
    public static readonly Text Done = new("done", "สำเร็จ");
    public static readonly Text Refused = new("refused", "ถูกปฏิเสธ");
    public static readonly Text Failed = new("failed", "ล้มเหลว");
}
